-- there
ALTER INDEX "ix_name" RENAME TO "ix_team_name";
ALTER INDEX "ix_unique" RENAME TO "ux_user_email_age";
ALTER TABLE "user" ADD CONSTRAINT "ck_age" CHECK (age > 0);
ALTER INDEX "ix_age" RENAME TO "ix_user_age";

-- and back
ALTER INDEX "ix_user_age" RENAME TO "ix_age";
ALTER TABLE "user" DROP CONSTRAINT "ck_age";
ALTER INDEX "ux_user_email_age" RENAME TO "ix_unique";
ALTER INDEX "ix_team_name" RENAME TO "ix_name";
