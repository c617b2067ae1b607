-- there
ALTER TABLE "user"
  ALTER COLUMN "age" DROP DEFAULT,
  ALTER COLUMN "age" TYPE integer USING CAST(age AS decimal(10)),
  ALTER COLUMN "age" SET DEFAULT 1;
ALTER TABLE "user"
  ALTER COLUMN "note" TYPE text,
  ALTER COLUMN "size" TYPE bigint;

-- and back
ALTER TABLE "user"
  ALTER COLUMN "size" TYPE integer,
  ALTER COLUMN "note" TYPE varchar(20),
  ALTER COLUMN "age" DROP DEFAULT,
  ALTER COLUMN "age" TYPE varchar(10),
  ALTER COLUMN "age" SET DEFAULT '1';
