-- there
ALTER TABLE `user` ADD CONSTRAINT `fk_user_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE CASCADE;
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_team`,
  DROP INDEX IF EXISTS `fk_team`,
  ADD INDEX IF NOT EXISTS `fk_user_team` (`team_id`);
ALTER TABLE `user` RENAME INDEX `uq_both` TO `uq_user_age_team`;
ALTER TABLE `user`
  DROP CONSTRAINT `ck_age`,
  ADD CONSTRAINT `ck_user_age` CHECK (age > 0);

-- and back
ALTER TABLE `user`
  DROP CONSTRAINT `ck_user_age`,
  ADD CONSTRAINT `ck_age` CHECK (age > 0);
ALTER TABLE `user` RENAME INDEX `uq_user_age_team` TO `uq_both`;
ALTER TABLE `user` ADD CONSTRAINT `fk_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE CASCADE;
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_user_team`,
  DROP INDEX IF EXISTS `fk_user_team`,
  ADD INDEX IF NOT EXISTS `fk_team` (`team_id`);
