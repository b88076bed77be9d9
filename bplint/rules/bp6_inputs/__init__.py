"""BP6: inputs, outputs, capabilities, labels and schedules."""
