"""Does the program find a form exactly where there is one? HiGHS, a general solver, answers the same questions.

Run by hand, not by the tests:

    EXAMROOM_ORACLE=/tmp/banks.jsonl cargo test --release --test it -- --ignored banks_and_answers
    pip install highspy
    python3 tests/oracle/forms.py /tmp/banks.jsonl

Each line of the file is a bank: `places` (scored and unscored, by domain), `questions` (domain, whether it is pretest, the
first question of its unit), `enemies` (pairs of questions), and the program's `answer`: form, too small, not found.
Cases stay whole where they can. Where no form has them whole, a form of single questions is still a form.
"""

import collections
import json
import sys
import time

import highspy
import numpy


def possible(bank, whole):
    """Whether there is a form, as an integer program: a question is scored, unscored, or not on the form."""
    questions = bank["questions"]
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    count = 2 * len(questions)  # scored and unscored, for each question
    model.addVars(count, numpy.zeros(count), numpy.ones(count))
    integer = numpy.array([highspy.HighsVarType.kInteger] * count)
    model.changeColsIntegrality(count, numpy.arange(count, dtype=numpy.int32), integer)

    def row(low, high, terms):
        columns = numpy.array([column for column, _ in terms], dtype=numpy.int32)
        model.addRow(low, high, len(terms), columns, numpy.array([float(factor) for _, factor in terms]))

    for number, (_, pretest, unit) in enumerate(questions):
        scored, unscored = 2 * number, 2 * number + 1
        row(0, 0 if pretest else 1, [(scored, 1)])
        row(0, 1, [(scored, 1), (unscored, 1)])
        if whole and unit != number:
            row(0, 0, [(scored, 1), (2 * unit, -1)])
            row(0, 0, [(unscored, 1), (2 * unit + 1, -1)])
    for domain, places in enumerate(bank["places"]):
        for kind, wanted in enumerate(places):
            row(wanted, wanted, [(2 * n + kind, 1) for n, question in enumerate(questions) if question[0] == domain])
    for one, other in bank["enemies"]:
        row(0, 1, [(2 * one, 1), (2 * one + 1, 1), (2 * other, 1), (2 * other + 1, 1)])
    model.run()
    status = model.getModelStatus()
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible), status
    return status == highspy.HighsModelStatus.kOptimal


def main():
    tally = collections.Counter()
    start = time.perf_counter()
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            bank = json.loads(line)
            there_is = possible(bank, whole=True) or possible(bank, whole=False)
            tally["form" if there_is else "no form", bank["answer"]] += 1
            if (bank["answer"] == "form") != there_is:
                print(f"bank {number}: {'there is a form' if there_is else 'there is none'}, answer: {bank['answer']}")
    for (truth, answer), count in sorted(tally.items()):
        print(f"{truth}, answered {answer}: {count}")
    print(f"HiGHS took {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
