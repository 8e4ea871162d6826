cat > degrees.yaml <<'END'
detente: 1
title: A developer and an agency
players: {D: {name: Developer}, A: {name: Agency}}
conflict:
  options:
    D: {S: build soundly}
    A: {I: inspect}
  preferences:
    D: {ranking: ["..", ">>", "S.", "SI", ".I"], degrees: {"S. > SI": 0.6, "SI > .I": 9/10}, satisficing: 1/2, alpha: 2/5}
    A: {ranking: ["S.", "SI", ">>", ".I", ".."]}
  attitudes: {A: {D: positive}}
END
detente stability degrees.yaml
detente stability degrees.yaml --why S. --concept SEQ-strong --concept GMR-weak --concept SMR-fuzzy --concept SEQ-prob --concept GMR-attitude
