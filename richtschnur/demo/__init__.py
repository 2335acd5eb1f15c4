"""The example county: fictional people and papers, loaded through the product's own operations."""
