-- there

-- and back
