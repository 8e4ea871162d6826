cat > bad.yaml <<'END'
detente: 1
players: {A: {}, B: {}}
stochastic:
  discount: 1/2
  start: nwo
  states:
    now:
      actions: {A: [hold, go], B: [hold, go]}
      cells: {"hold hodl": {to: now}, "go": {to: then}}
END
detente stochastic bad.yaml
