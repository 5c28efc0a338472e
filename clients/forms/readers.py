"""Who reads an entry, as a form that puts it right says it."""

from django import forms

from clients.models import EntryModel


def readers_chosen(form: forms.Form, row: EntryModel) -> str:
    """The choice, if it was made in this form; else as the row is now.

    `visibility_shown` says what the page showed when it was opened (components/readers.html). A page that was open while the entry was hidden elsewhere
    shows the old choice still, and saving other words there opens nothing again.
    """
    chosen = str(form.cleaned_data.get("visibility") or "")
    return row.visibility if not chosen or chosen == form.data.get("visibility_shown") else chosen
