-- there
ALTER TABLE `user` DROP INDEX `uq_age`;
ALTER TABLE `user` DROP INDEX `ix_both`;
ALTER TABLE `user` DROP COLUMN `age`;

-- and back
ALTER TABLE `user` ADD COLUMN `age` int;
ALTER TABLE `user` ADD INDEX `ix_both` (`email`, `age`);
ALTER TABLE `user` ADD UNIQUE INDEX `uq_age` (`age`);
