-- there
CREATE TABLE `user` (
  `id` int NOT NULL AUTO_INCREMENT,
  `big` bigint NOT NULL DEFAULT 9007199254740993,
  `small` smallint,
  `email` varchar(120) NOT NULL COMMENT 'Where it''s sent',
  `bio` longtext,
  `is_active` tinyint(1) NOT NULL DEFAULT TRUE,
  `balance` decimal(10,2) NOT NULL DEFAULT '0.50',
  `ratio` float,
  `score` double,
  `born` date,
  `wakes` time(6),
  `made_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `seen_at` datetime(6),
  `settings` json DEFAULT '{"theme":"dark"}',
  `token` uuid,
  `picture` longblob,
  `team_id` int,
  `boss_id` int,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `uq_pair` (`team_id`, `email`),
  INDEX `ix_made` (`team_id`, `made_at` DESC),
  CONSTRAINT `fk_user_team_id_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE SET NULL,
  CONSTRAINT `fk_boss` FOREIGN KEY (`boss_id`) REFERENCES `user` (`id`) ON UPDATE CASCADE,
  CONSTRAINT `ck_email` CHECK (length(email) > 3)
) COMMENT='People, and what''s theirs';

-- and back
DROP TABLE `user`;
