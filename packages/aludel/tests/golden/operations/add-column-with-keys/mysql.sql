-- there
ALTER TABLE `user` ADD COLUMN `team_id` int;
ALTER TABLE `user` ADD CONSTRAINT `fk_user_team_id_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE CASCADE;
ALTER TABLE `user` ADD COLUMN `code` varchar(10);
ALTER TABLE `user` ADD UNIQUE INDEX `uq_user_code` (`code`);

-- and back
ALTER TABLE `user` DROP INDEX `uq_user_code`;
ALTER TABLE `user` DROP COLUMN `code`;
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_user_team_id_team`,
  DROP INDEX IF EXISTS `fk_user_team_id_team`;
ALTER TABLE `user` DROP COLUMN `team_id`;
