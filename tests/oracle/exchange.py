"""Makes the fixtures of tests/fixtures/exchange anew by programs that know nothing of this one.

    python3 -m venv v && v/bin/pip install openpyxl==3.1.5 text2qti==0.8.0 && npm install gift-pegjs@1.0.2
    v/bin/python tests/oracle/exchange.py

`workbook.xlsx` is written by openpyxl, `canvas.zip` by text2qti, and `read-by-gift-pegjs.json` is what gift-pegjs reads in
`questions.gift`, so that both readers of GIFT are compared on one file.
"""

import datetime
import json
import pathlib
import subprocess
import tempfile

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures" / "exchange"


def workbook():
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Read me"
    notes.append(["Questions of week 3, for the release of records"])
    sheet = book.create_sheet("Questions")
    sheet.append(["No.", "Question", "A", "B", "C", "D", "Correct answer", "Rationale", "Topic"])
    sheet.append([1, "What share of the forms was complete?", 0.2, 0.25, 0.5, 0.75, "B", "Option C counts twice.", "Filing"])
    for cell in sheet[2][2:6]:
        cell.number_format = "0%"
    sheet.append([2, "On which day does the term end?", *(datetime.date(2026, 3, day) for day in (1, 15, 30, 31)), "C", None, "Filing"])
    sheet.append([3, "How many days are there?", 10, 15, 30, 60, 30, None, None])
    bold = CellRichText("Which is ", TextBlock(InlineFont(b=True), "not"), " a form?\nChoose one.")
    sheet.append([4, bold, "=A1", "\u2264 5 \u00b5g", " two  blanks ", "\u6f22\u5b57", "D", None, None])
    # As it is typed with an apostrophe before it.
    sheet["C5"].data_type = "s"
    sheet.append([5, "How many bones has a hand?", None, None, None, None, 27, None, None])
    hidden = book.create_sheet("Old")
    hidden.append(["Question", "A", "B", "Answer"])
    hidden.append(["An old one?", "yes", "no", "A"])
    hidden.sheet_state = "hidden"
    # Its cells reach to the last corner of the sheet.
    sheet["XFD1048576"] = "far away"
    # Dates of its making are not the same twice.
    book.properties.created = book.properties.modified = datetime.datetime(2026, 1, 1)
    book.save(FIXTURES / "workbook.xlsx")


QUIZ = """Quiz title: Week 3

1.  Who owns the *record*?
... State law decides.
a)  The patient
... Hers is the information.
*b) The hospital
... It is its business record.
c)  The insurer

2.  Which are covered entities?
[*] A health plan
[ ] A printer
[*] A clearinghouse

3.  How many days?
=   30

4.  Name the act.
*   HIPAA

5.  A subpoena is a court order.
a)  True
*b) False

6.  What is $x^2$ for H<sub>2</sub>O?
*a) 5 < 6 & so
b)  7

7.  Why?
____
"""


def canvas():
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder) / "canvas.txt"
        text.write_text(QUIZ)
        subprocess.run(["text2qti", str(text)], check=True)
        (FIXTURES / "canvas.zip").write_bytes(text.with_suffix(".zip").read_bytes())


READER = """
const { parse } = require('gift-pegjs');
const questions = parse(require('fs').readFileSync(process.argv[1], 'utf8'));
process.stdout.write(JSON.stringify(questions));
"""


def gift():
    read = subprocess.run(
        ["node", "-e", READER, str(FIXTURES / "questions.gift")], check=True, capture_output=True, text=True
    )
    questions = []
    for question in json.loads(read.stdout):
        text = lambda part: part["text"] if part else None
        kept = {"type": question["type"], "stem": text(question.get("stem")), "general": text(question.get("globalFeedback"))}
        if question["type"] == "MC":
            kept["choices"] = [
                {"text": text(c["text"]), "right": c["isCorrect"], "weight": c["weight"], "feedback": text(c["feedback"])}
                for c in question["choices"]
            ]
        if question["type"] == "TF":
            kept["right"] = question["isTrue"]
            kept["true feedback"] = text(question["trueFeedback"])
            kept["false feedback"] = text(question["falseFeedback"])
        questions.append(kept)
    (FIXTURES / "read-by-gift-pegjs.json").write_text(json.dumps(questions, indent=1, ensure_ascii=False) + "\n")


workbook()
canvas()
gift()
