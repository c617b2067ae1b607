-- there
-- refused (unsupported-on-engine): SQLite gives numbers only to a primary key of one column; "visit.id" is not.
-- Make it the primary key, or fill it from the application.

-- and back
-- refused (unsupported-on-engine): SQLite gives numbers only to a primary key of one column; "visit.id" is not.
-- Make it the primary key, or fill it from the application.
