ALTER TABLE `user` ADD UNIQUE INDEX `ix_lower` (`id`, (lower(name)));
