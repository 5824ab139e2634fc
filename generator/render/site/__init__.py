"""The site's pages: one judgement in, HTML bodies out."""
