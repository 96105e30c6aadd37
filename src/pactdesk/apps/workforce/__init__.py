"""Who works when: clocking, rosters, rules that people sign, devices that they work from."""
