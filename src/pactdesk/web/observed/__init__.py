"""What whoever runs the desk sees of it: logs, metrics, health. No name, text or token in any."""
