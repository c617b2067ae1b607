-- there
ALTER TABLE "user" SET SCHEMA "the 'app'";
DO 'BEGIN EXECUTE ''ALTER TABLE "the ''''app''''"."team" SET SCHEMA '' || quote_ident(current_schema()); END';
ALTER TABLE "team" RENAME TO "the team";
ALTER TABLE "the 'app'"."user" ADD COLUMN "email" varchar(50);

-- and back
ALTER TABLE "the 'app'"."user" DROP COLUMN "email";
ALTER TABLE "the team" RENAME TO "team";
ALTER TABLE "team" SET SCHEMA "the 'app'";
DO 'BEGIN EXECUTE ''ALTER TABLE "the ''''app''''"."user" SET SCHEMA '' || quote_ident(current_schema()); END';
