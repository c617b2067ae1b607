-- there
ALTER TABLE `user` ADD UNIQUE INDEX `uq_email` (`email`);
ALTER TABLE `user` ADD UNIQUE INDEX `uq_user_team_id_email` (`team_id`, `email`);

-- and back
ALTER TABLE `user` DROP INDEX `uq_user_team_id_email`;
ALTER TABLE `user` DROP INDEX `uq_email`;
