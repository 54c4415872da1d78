"""Who may do what: members and their roles, the wall between organisations, private links, the trail."""
