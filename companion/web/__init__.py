"""What any page needs and no slice owns."""
