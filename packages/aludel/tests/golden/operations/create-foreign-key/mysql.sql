-- there
ALTER TABLE `user` ADD CONSTRAINT `fk_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE CASCADE;
ALTER TABLE `user` ADD CONSTRAINT `fk_user_land_code_team` FOREIGN KEY (`land`, `code`) REFERENCES `team` (`land`, `code`) ON DELETE SET NULL;

-- and back
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_user_land_code_team`,
  DROP INDEX IF EXISTS `fk_user_land_code_team`;
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_team`,
  DROP INDEX IF EXISTS `fk_team`;
