#!/usr/bin/env bash
# HikariCP 7.1.0 (com.zaxxer:HikariCP), pgjdbc 42.7.14 (org.postgresql:postgresql), PostgreSQL 15 (Debian 12's postgresql-15): a statement that
# the server refuses with SQLSTATE 0A000, feature not supported.
#
# Good guess: the pool throws a connection away when the connection is broken (SQLSTATE 08, 57P01). A refused statement is the transaction's
# matter: catch the exception, roll back to the savepoint, go on; so it is with a syntax error or a duplicate key.
# Real: 0A000 is on HikariCP's list of broken connections. "select ... for update" with an aggregate, which PostgreSQL answers with 0A000,
# closes the connection in the middle of the transaction: the work before the savepoint is lost, and rollback() throws "Connection is closed",
# which then hides the first exception. So does createNClob(), which asks the server nothing. An SQLExceptionOverride that says
# DO_NOT_EVICT (setExceptionOverrideClassName) mends it.
# Seen: "42601: closed false, rollback to savepoint done, rows 1", "0A000: closed true, Connection is closed, rows 0".
#
# Needs Debian's postgresql-15 (not running, just installed), a JDK (17 or later), Maven and Maven Central. Exits non-zero if that changes.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
work=$(mktemp -d)
bin=$(find /usr/lib/postgresql -path '*/bin/pg_ctl' -printf '%h\n' | sort -V | tail -n 1)
# PostgreSQL does not run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
end() {
  [ ! -f "$work/db/data/postmaster.pid" ] || as_postgres "$bin/pg_ctl" -D "$work/db/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT
cd "$work"
mkdir db
if [ "$(id -u)" = 0 ]; then chmod 711 "$work" && chown postgres db; fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_postgres "$bin/initdb" -D "$work/db/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
as_postgres "$bin/pg_ctl" -D "$work/db/data" -l "$work/db/log" -w -o "-p $port -k $work/db -c listen_addresses=127.0.0.1" start >start.log 2>&1 || { cat start.log >&2; exit 1; }

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId><version>7.1.0</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.14</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Savepoints.java <<'JAVA'
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

class Savepoints {
    public static void main(String[] args) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + args[0] + "/postgres");
        config.setUsername("postgres");
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (String statement : new String[] {"select count(*) form orders for", "select count(*) from orders for update"}) {
                try (Connection connection = pool.getConnection(); Statement sql = connection.createStatement()) {
                    sql.execute("drop table if exists orders");
                    sql.execute("create table orders(id int primary key)");
                }
                String seen = "";
                try (Connection connection = pool.getConnection(); Statement sql = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    sql.executeUpdate("insert into orders values (1)");
                    Savepoint before = connection.setSavepoint();
                    try {
                        sql.executeQuery(statement);
                    } catch (SQLException e) {
                        seen = e.getSQLState() + ": closed " + connection.isClosed();
                    }
                    connection.rollback(before);
                    seen += ", rollback to savepoint done";
                    connection.commit();
                } catch (SQLException e) {
                    seen += ", " + e.getMessage();
                }
                try (Connection connection = pool.getConnection(); Statement sql = connection.createStatement();
                        ResultSet rows = sql.executeQuery("select count(*) from orders")) {
                    rows.next();
                    System.out.println(seen + ", rows " + rows.getInt(1));
                }
            }
            try (Connection connection = pool.getConnection()) {
                try {
                    connection.createNClob();
                } catch (SQLException e) {
                    System.out.println("createNClob " + e.getSQLState() + ": closed " + connection.isClosed());
                }
            }
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Savepoints.java "$port" 2>java.log | tee seen || { cat java.log >&2; exit 1; }

diff seen - <<'SEEN'
42601: closed false, rollback to savepoint done, rows 1
0A000: closed true, Connection is closed, rows 0
createNClob 0A000: closed true
SEEN
echo "as described"
