cp -r "$EXAMPLES" examples
detente rests examples/security-guarantees-2021.yaml
