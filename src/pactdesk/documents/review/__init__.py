"""The reviewer's page: a paper, what was read from it, and room to say that it is wrong."""
