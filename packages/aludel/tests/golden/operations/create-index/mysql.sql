-- there
ALTER TABLE `user` ADD INDEX `ix_email` (`email`);
ALTER TABLE `user` ADD UNIQUE INDEX `ix_user_team_id_email` (`team_id`, `email`);
ALTER TABLE `user` ADD INDEX `ix_team` (`team_id`, `id` DESC);

-- and back
ALTER TABLE `user` DROP INDEX `ix_team`;
ALTER TABLE `user` DROP INDEX `ix_user_team_id_email`;
ALTER TABLE `user` DROP INDEX `ix_email`;
