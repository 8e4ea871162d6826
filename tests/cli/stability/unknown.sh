cat > doubt.yaml <<'END'
detente: 1
title: Chicken with a doubt
players: {P: {name: Row}, Q: {name: Column}}
conflict:
  options:
    P: {A: drive on}
    Q: {B: drive on}
  preferences:
    P: {pairs: ["A. > .. > .B", "AB ? .B", ".. > AB"]}   # is a crash worse than giving way alone?
    Q: {ranking: [".B", "..", "A.", "AB"]}
END
detente stability doubt.yaml
detente stability doubt.yaml --why .B --concept R-a --concept SEQ-d --format json
detente inverse doubt.yaml --target A.
