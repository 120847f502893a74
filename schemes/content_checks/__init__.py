"""What must hold in the content rules of a scheme beyond the types of their fields."""
