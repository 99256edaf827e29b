"""Takes down what the mail provider reports of letters: delivered, bounced, complained of."""

from shopbell.entry import feedback

handler = feedback()
