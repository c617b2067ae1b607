-- there
ALTER TABLE "pair" ADD CONSTRAINT "pk_of_pair" PRIMARY KEY ("a", "b");
ALTER TABLE "single" ADD CONSTRAINT "pk_single" PRIMARY KEY ("code");

-- and back
ALTER TABLE "single" DROP CONSTRAINT "pk_single";
ALTER TABLE "single" ALTER COLUMN "code" DROP NOT NULL;
ALTER TABLE "pair" DROP CONSTRAINT "pk_of_pair";
ALTER TABLE "pair" ALTER COLUMN "b" DROP NOT NULL;
