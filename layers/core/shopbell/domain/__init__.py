"""What a courteous shop says, to whom and when: pure rules, standard library only."""
