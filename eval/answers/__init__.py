"""Questions with what was answered to each, right and wrong alike, as a page for people."""

from eval.answers.judging import Answered, Verdict, judge
from eval.answers.page import answers_page
from eval.answers.questions import AnnotatedQuestion, read_annotated

__all__ = ["AnnotatedQuestion", "Answered", "Verdict", "answers_page", "judge", "read_annotated"]
