-- there
ALTER TABLE "team" RENAME CONSTRAINT "pk_team" TO "pk_every_team";
ALTER TABLE "user" RENAME CONSTRAINT "fk_team" TO "fk_user_team";
ALTER TABLE "user" RENAME CONSTRAINT "uq_both" TO "uq_user_age_team";
ALTER TABLE "user" RENAME CONSTRAINT "ck_age" TO "ck_user_age";
ALTER TABLE "user" RENAME CONSTRAINT "pk_given" TO "pk_user";

-- and back
ALTER TABLE "user" RENAME CONSTRAINT "pk_user" TO "pk_given";
ALTER TABLE "user" RENAME CONSTRAINT "ck_user_age" TO "ck_age";
ALTER TABLE "user" RENAME CONSTRAINT "uq_user_age_team" TO "uq_both";
ALTER TABLE "user" RENAME CONSTRAINT "fk_user_team" TO "fk_team";
ALTER TABLE "team" RENAME CONSTRAINT "pk_every_team" TO "pk_team";
