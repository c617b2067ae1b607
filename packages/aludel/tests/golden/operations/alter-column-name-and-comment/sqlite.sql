-- there
ALTER TABLE "user" RENAME COLUMN "mail" TO "e-mail";

-- and back
ALTER TABLE "user" RENAME COLUMN "e-mail" TO "mail";
