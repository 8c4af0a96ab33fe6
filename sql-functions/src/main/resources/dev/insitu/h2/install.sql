-- Insitu's functions for any H2 client:
--   RUNSCRIPT FROM 'classpath:dev/insitu/h2/install.sql'
-- ADMIN rights; harmless where they are installed already. CALL INSITU.UNINSTALL() takes them away.
CREATE SCHEMA IF NOT EXISTS INSITU;
CREATE ALIAS IF NOT EXISTS INSITU.INSTALL FOR "dev.insitu.plain.Installation.install";
CALL INSITU.INSTALL();
