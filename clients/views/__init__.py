"""Pages about people: adding a client and reaching her, who works with her, her way in, the clinic's members, and the door of an invitation."""
