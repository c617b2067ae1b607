-- there
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (age > 0);
ALTER TABLE `user` ADD CONSTRAINT `fk_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);

-- and back
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_team`,
  DROP INDEX IF EXISTS `fk_team`;
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
