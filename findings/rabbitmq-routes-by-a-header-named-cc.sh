#!/usr/bin/env bash
# RabbitMQ 3.10.8 (Debian 12's rabbitmq-server), amqp-client 5.37.1: application headers named CC and BCC, as a message for a mail
# service has them.
#
# Good guess: headers are the application's own business, as long as the exchange is not a headers exchange.
# Real: CC and BCC, in capitals, are lists of further routing keys. A copy goes to the queue that an entry names, by the default exchange
# as by any other; BCC is taken out of the headers before delivery. A CC that is a text, not a list, closes the channel: what was
# published on it before and not confirmed is in doubt, and what comes after fails. In small letters they are ordinary headers.
# Seen: CC ["audit"] to the queue mail: a copy in the queue audit. BCC ["ann@shop.example"]: delivered without that header.
# CC "ann@shop.example": 406 PRECONDITION_FAILED, unacceptable_type_in_header, and the channel is closed.
#
# Needs Debian's rabbitmq-server (not running, just installed), a JDK (17 or later), Maven and Maven Central. Exits non-zero if that changes.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
work=$(mktemp -d)
broker=
end() {
  if [ -n "$broker" ]; then
    kill "$broker" 2>/dev/null || true
    wait "$broker" 2>/dev/null || true
    epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
  fi
  rm -rf "$work"
}
trap end EXIT
cd "$work"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
ERL_EPMD_PORT=$(free_port)
export ERL_EPMD_PORT
HOME=$work RABBITMQ_NODENAME=finding@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$(free_port) \
  RABBITMQ_MNESIA_BASE=$work/data RABBITMQ_LOG_BASE=$work/log RABBITMQ_CONFIG_FILE=$work/none RABBITMQ_ENABLED_PLUGINS_FILE=$work/plugins \
  "$(find /usr/lib/rabbitmq/lib -path '*/sbin/rabbitmq-server' | sort -V | tail -n 1)" >broker.log 2>&1 &
broker=$!

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.rabbitmq</groupId><artifactId>amqp-client</artifactId><version>5.37.1</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Copies.java <<'JAVA'
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.util.List;
import java.util.Map;

class Copies {
    public static void main(String[] args) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Integer.parseInt(args[0]));
        try (Connection connection = factory.newConnection()) {
            System.out.println("RabbitMQ " + connection.getServerProperties().get("version"));
            Map<String, Object> audit = Map.of("CC", List.of("audit"));
            Map<String, Object> blind = Map.of("BCC", List.of("ann@shop.example"));
            Map<String, Object> text = Map.of("CC", "ann@shop.example");
            Map<String, Object> small = Map.of("cc", "ann@shop.example");
            for (Map<String, Object> headers : List.of(audit, blind, text, small)) {
                System.out.println(headers + ": " + send(connection, headers));
            }
        }
    }

    static String send(Connection connection, Map<String, Object> headers) throws Exception {
        Channel channel = connection.createChannel();
        channel.queueDeclare("mail", false, true, false, null);
        channel.queueDeclare("audit", false, true, false, null);
        channel.confirmSelect();
        channel.basicPublish("", "mail", new AMQP.BasicProperties.Builder().headers(headers).build(), new byte[0]);
        try {
            channel.waitForConfirmsOrDie(10_000);
        } catch (Exception e) {
            return "channel open: " + channel.isOpen() + ", " + channel.getCloseReason().getMessage().replaceFirst(".*reply-text=(.*), class-id.*", "$1");
        }
        return "mail " + show(channel.basicGet("mail", true)) + ", audit " + show(channel.basicGet("audit", true));
    }

    static String show(GetResponse delivery) {
        return delivery == null ? "nothing" : "a message with headers " + delivery.getProps().getHeaders();
    }
}
JAVA
for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Copies.java "$port" 2>java.log | tee seen || { cat java.log >&2; exit 1; }

diff <(sed 1d seen) - <<'SEEN'
{CC=[audit]}: mail a message with headers {CC=[audit]}, audit a message with headers {CC=[audit]}
{BCC=[ann@shop.example]}: mail a message with headers {}, audit nothing
{CC=ann@shop.example}: channel open: false, PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"CC",longstr}
{cc=ann@shop.example}: mail a message with headers {cc=ann@shop.example}, audit nothing
SEEN
echo "as described"
