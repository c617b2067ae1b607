-- there
ALTER TABLE "booking" ADD CONSTRAINT "ex_during" EXCLUDE USING "gist" ("during" WITH &&);
ALTER TABLE "booking" ADD CONSTRAINT "ex_span" EXCLUDE USING "gist" ((int4range(since, until)) WITH &&) WHERE (cancelled = false) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "booking" ADD CONSTRAINT "ex_kept" EXCLUDE USING "gist" ("during" WITH &&) INCLUDE ("room", "since") WITH ("fillfactor" = '70') WHERE (NOT cancelled) DEFERRABLE;
ALTER TABLE "booking" ADD CONSTRAINT "ex_room" EXCLUDE USING "btree" ("room" "varchar_pattern_ops" WITH =);
ALTER TABLE "booking" RENAME CONSTRAINT "ex_room" TO "ex_one_room";
ALTER TABLE "booking" RENAME COLUMN "during" TO "span";
ALTER TABLE "booking" DROP CONSTRAINT "ex_old";

-- and back
ALTER TABLE "booking" ADD CONSTRAINT "ex_old" EXCLUDE USING "btree" ("room" WITH =, "since" WITH =) WHERE (NOT cancelled);
ALTER TABLE "booking" RENAME COLUMN "span" TO "during";
ALTER TABLE "booking" RENAME CONSTRAINT "ex_one_room" TO "ex_room";
ALTER TABLE "booking" DROP CONSTRAINT "ex_room";
ALTER TABLE "booking" DROP CONSTRAINT "ex_kept";
ALTER TABLE "booking" DROP CONSTRAINT "ex_span";
ALTER TABLE "booking" DROP CONSTRAINT "ex_during";
