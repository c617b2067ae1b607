-- there
CREATE TABLE "user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "big" BIGINT NOT NULL DEFAULT 9007199254740993,
  "small" SMALLINT,
  "email" VARCHAR(120) NOT NULL,
  "bio" TEXT,
  "is_active" BOOLEAN NOT NULL DEFAULT 1,
  "balance" NUMERIC(10, 2) NOT NULL DEFAULT '0.50',
  "ratio" REAL,
  "score" DOUBLE,
  "born" DATE,
  "wakes" TIME,
  "made_at" DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "seen_at" DATETIME,
  "settings" TEXT DEFAULT '{"theme":"dark"}',
  "token" CHAR(36),
  "picture" BLOB,
  "team_id" INTEGER,
  "boss_id" INTEGER,
  CONSTRAINT "uq_pair" UNIQUE ("team_id", "email"),
  CONSTRAINT "fk_user_team_id_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_boss" FOREIGN KEY ("boss_id") REFERENCES "user" ("id") ON UPDATE CASCADE,
  CONSTRAINT "ck_email" CHECK (length(email) > 3)
);
CREATE INDEX "ix_made" ON "user" ("team_id", "made_at" DESC);

-- and back
DROP TABLE "user";
