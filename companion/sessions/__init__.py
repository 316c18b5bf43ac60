"""Sessions: when and where the group meets, what about, who comes, what people want to ask."""
