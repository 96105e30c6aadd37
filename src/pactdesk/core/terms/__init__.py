"""What was agreed: typed clauses, their sources, blanks, findings. The one pydantic corner of
`core/`, because terms are a file format."""
