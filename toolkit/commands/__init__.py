"""The commands of `zhenggai`: each turns an order into one call, and what came of it into lines."""
