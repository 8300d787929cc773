"""Domain knowledge as data: profiles of councils, vocabulary, symbols."""
