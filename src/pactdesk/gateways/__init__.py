"""Outside formats and wires: files, keys, imports. They yield core values and call no actions."""
