-- there
ALTER TABLE `user` COMMENT = 'It''s all of them; \\ and more';
ALTER TABLE `team` COMMENT = '';

-- and back
ALTER TABLE `team` COMMENT = 'Teams';
ALTER TABLE `user` COMMENT = '';
