"""Makes the fixtures of tests/fixtures/exchange anew by programs that know nothing of this one.

    python3 -m venv v && v/bin/pip install openpyxl==3.1.5 text2qti==0.8.0 qti-package-maker==26.7.14 moodlexport==0.0.32 \
        anki==26.9.3 python-docx==1.2.0 pypandoc_binary==1.17 && npm install gift-pegjs@1.0.2
    v/bin/python tests/oracle/exchange.py

`workbook.xlsx` is written by openpyxl, `canvas.zip` by text2qti, and `read-by-gift-pegjs.json` is what gift-pegjs reads in
`questions.gift`, so that both readers of GIFT are compared on one file. The files named `week3` hold the same questions:
`blackboard.txt`, `blackboard.zip` (QTI 2.1) and `aiken.txt` are written by qti-package-maker, `moodle.xml` by moodlexport,
`anki.txt` by Anki itself, and `word.txt`, `word.md` and `list.md` by pandoc from a document of python-docx.
"""

import csv
import datetime
import html
import json
import pathlib
import subprocess
import tempfile

import docx
import moodlexport
import pypandoc
from anki.collection import Collection
from qti_package_maker.package_interface import QTIPackageInterface

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


WEEK3 = [
    ("Who owns the paper of a patient's record?", ["The patient", "The hospital", "The insurer"], 1, "It is its business record."),
    ("Which of these is < 30 & > 20?", ["19", "25 \u2013 one of them", "31"], 1, ""),
    ('What does "release" mean here?', ["To let others see it", "To discharge", "To \u201ccode\u201d"], 0, "Others see it then."),
]
SEVERAL = ("Which are covered entities?", ["A health plan", "A printer", "A clearinghouse"], [0, 2])


def packages():
    engines = {"bbq_text_upload": "blackboard.txt", "blackboard_qti_v2_1": "blackboard.zip", "moodle_aiken": "aiken.txt"}
    # It takes HTML in ASCII.
    plain = lambda text: html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode()
    for engine, name in engines.items():
        maker = QTIPackageInterface("week3", allow_mixed=True)
        for stem, choices, key, _ in WEEK3:
            choices = [plain(choice) for choice in choices]
            maker.add_item("MC", (plain(stem), choices, choices[key]))
        if engine != "moodle_aiken":
            stem, choices, keys = SEVERAL
            maker.add_item("MA", (stem, choices, [choices[key] for key in keys]))
            maker.add_item("NUM", ("How many days?", 30.0, 0.5))
            maker.add_item("MATCH", ("Match them.", ["Bone", "Blood"], ["hard", "fluid"]))
        maker.save_package(engine, str(FIXTURES / name))


def moodle():
    category = moodlexport.Category("Week 3")
    for stem, choices, key, why in WEEK3:
        question = moodlexport.Question("multichoice")
        question.text(html.escape(stem, quote=False))
        question.generalfeedback(why)
        for at, choice in enumerate(choices):
            question.answer(choice, at == key)
        question.addto(category)
    stem, choices, keys = SEVERAL
    question = moodlexport.Question("multichoice")
    question.text(stem)
    for at, choice in enumerate(choices):
        question.answer(choice, 50 if at in keys else 0)
    question.multi_answer()
    question.addto(category)
    essay = moodlexport.Question("essay")
    essay.text("Why?")
    essay.addto(category)
    # It makes names of paths.
    category.savexml("moodle")
    pathlib.Path("moodle.xml").replace(FIXTURES / "moodle.xml")


def anki():
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(pathlib.Path(folder) / "collection.anki2"))
        kind = collection.models.new("Multiple choice")
        for field in ["Question", "Option A", "Option B", "Option C", "Answer", "Extra"]:
            collection.models.add_field(kind, collection.models.new_field(field))
        template = collection.models.new_template("Card")
        template["qfmt"], template["afmt"] = "{{Question}}", "{{Answer}}"
        collection.models.add_template(kind, template)
        collection.models.add(kind)
        for stem, choices, key, why in WEEK3:
            note = collection.new_note(kind)
            note.fields = [html.escape(stem, quote=False), *choices, "ABC"[key], why]
            note.tags = ["week3"]
            collection.add_note(note, collection.decks.id("Default"))
        written = dict(with_html=True, with_tags=True, with_deck=True, with_notetype=True, with_guid=False)
        collection.export_note_csv(out_path=str(FIXTURES / "anki.txt"), limit=None, **written)
        collection.close()


def converted(document, *names):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "q.docx"
        document.save(path)
        for name in names:
            kind = "gfm" if name.endswith(".md") else "plain"
            pypandoc.convert_file(str(path), kind, outputfile=str(FIXTURES / name))


def word():
    typed, listed = docx.Document(), docx.Document()
    typed.add_heading("Week 3", 1)
    for number, (stem, choices, key, why) in enumerate(WEEK3, 1):
        typed.add_paragraph(f"{number}. {stem}")
        listed.add_paragraph(stem, style="List Number")
        for at, choice in enumerate(choices):
            typed.add_paragraph(f"{'ABC'[at]}. {choice}")
            listed.add_paragraph(style="List Bullet").add_run(choice).bold = at == key
        typed.add_paragraph(f"Answer: {'ABC'[key]}")
        if why:
            typed.add_paragraph(f"Rationale: {why}")
    converted(typed, "word.txt", "word.md")
    converted(listed, "list.md")


def sheet():
    with open(FIXTURES / "excel.csv", "w", newline="", encoding="cp1252") as file:
        writer = csv.writer(file, dialect="excel", delimiter=";")
        writer.writerow(["Question", "A", "B", "C", "Correct answer", "Feedback"])
        for stem, choices, key, why in WEEK3:
            writer.writerow([stem, *choices, "ABC"[key], why])


workbook()
canvas()
gift()
packages()
moodle()
anki()
word()
sheet()
