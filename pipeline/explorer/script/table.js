// Table.
