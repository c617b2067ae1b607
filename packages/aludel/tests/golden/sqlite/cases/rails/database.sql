CREATE TABLE "teams" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL);
CREATE TABLE "users" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar DEFAULT 'it''s' NOT NULL, "bio" text COLLATE "NOCASE", "created_at" datetime(6) NOT NULL, "team_id" integer, "amount" decimal(8,2) DEFAULT 0.0, "flag" boolean DEFAULT 0, CONSTRAINT "fk_rails_b2bbf87303" FOREIGN KEY ("team_id") REFERENCES "teams" ("id"), CONSTRAINT chk_rails CHECK (amount >= 0));
CREATE UNIQUE INDEX "index_users_on_name" ON "users" ("name" COLLATE NOCASE);
