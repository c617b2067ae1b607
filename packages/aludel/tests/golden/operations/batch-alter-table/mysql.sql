-- there
ALTER TABLE `user` ADD COLUMN `email` varchar(50);
ALTER TABLE `user` MODIFY COLUMN `name` varchar(20) NOT NULL;
ALTER TABLE `user` DROP COLUMN `old`;
ALTER TABLE `user` ADD INDEX `ix_name` (`name`);
ALTER TABLE `user` ADD UNIQUE INDEX `uq_email` (`email`);
ALTER TABLE `user` ADD CONSTRAINT `fk_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);
ALTER TABLE `user` ADD CONSTRAINT `ck_name` CHECK (length(name) > 1);

-- and back
ALTER TABLE `user` DROP CONSTRAINT `ck_name`;
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_team`,
  DROP INDEX IF EXISTS `fk_team`;
ALTER TABLE `user` DROP INDEX `uq_email`;
ALTER TABLE `user` DROP INDEX `ix_name`;
ALTER TABLE `user` ADD COLUMN `old` longtext;
ALTER TABLE `user` MODIFY COLUMN `name` varchar(20);
ALTER TABLE `user` DROP COLUMN `email`;
