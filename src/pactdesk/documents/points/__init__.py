"""结算口径确认书: what a contract leaves open, with proposals, for both parties to sign."""
