cat > exchange.yaml <<'END'
detente: 1
title: Withdrawal for recognition
players: {P: {}, Q: {}}
parameters:
  delta: {value: 4/5, range: [1/2, 19/20]}
guarantees:
  withdrawal:  {by: P, channel: shadow, gain: 3/10, value: 1/10, detect: 4/5, tranches: 3, with: recognition}
  recognition: {by: Q, channel: escrow, gain: 1/5, value: 1/20, detect: 9/10, bond: 1/20, with: withdrawal}
repeated: {discount: delta, hazard: 1/5}
END
detente bind exchange.yaml
