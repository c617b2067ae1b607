-- there
ALTER TABLE `user` ADD COLUMN `bio` longtext;
ALTER TABLE `user` MODIFY COLUMN `name` varchar(40) NOT NULL;
ALTER TABLE `user` DROP COLUMN `old`;
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (age > 17);
ALTER TABLE `user` DROP INDEX `ix_name`;
ALTER TABLE `user` ADD INDEX `ix_both` (`name`, `age`);
ALTER TABLE `user` RENAME COLUMN `age` TO `years`;

-- and back
ALTER TABLE `user` RENAME COLUMN `years` TO `age`;
ALTER TABLE `user` DROP INDEX `ix_both`;
ALTER TABLE `user` ADD INDEX `ix_name` (`name`);
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (age > 0);
ALTER TABLE `user` ADD COLUMN `old` longtext;
ALTER TABLE `user` MODIFY COLUMN `name` varchar(20);
ALTER TABLE `user` DROP COLUMN `bio`;
