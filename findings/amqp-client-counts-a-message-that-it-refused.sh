#!/usr/bin/env bash
# RabbitMQ Java client 5.37.1 (com.rabbitmq:amqp-client) with RabbitMQ 3.10.8 (Debian 12's rabbitmq-server): publisher confirms and a message
# with a header that AMQP 0-9-1 has no type for.
#
# Good guess: basicPublish throws IllegalArgumentException before anything is sent, so the message doesn't count. The channel is open, and
# the next message is confirmed as if nothing had been.
# Real: the client has given the refused message a sequence number before it encodes it, and the broker never hears of it. From then on
# the two count differently for as long as the channel lives: the message with the client's number 2 is confirmed as number 1. An
# application that keeps messages by getNextPublishSeqNo() takes one for confirmed that was not, and waitForConfirms times out.
# A sum of money is enough: a BigDecimal header of 21474836.48 or more, or of 1E+3, is refused. So is a UUID or an Instant.
# Seen: "refused: BigDecimal too large to be encoded", "channel open: true", "sent as 2, confirmed as 1", "waitForConfirms: TimeoutException".
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
cat >Confirms.java <<'JAVA'
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class Confirms {
    public static void main(String[] args) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Integer.parseInt(args[0]));
        try (Connection connection = factory.newConnection()) {
            System.out.println("RabbitMQ " + connection.getServerProperties().get("version"));
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            CompletableFuture<Long> confirmed = new CompletableFuture<>();
            channel.addConfirmListener((tag, multiple) -> confirmed.complete(tag), (tag, multiple) -> { });
            String queue = channel.queueDeclare().getQueue();
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().headers(Map.of("total", new BigDecimal("21474836.48"))).build();
            try {
                channel.basicPublish("", queue, properties, new byte[0]);
            } catch (IllegalArgumentException e) {
                System.out.println("refused: " + e.getMessage());
            }
            System.out.println("channel open: " + channel.isOpen());
            long number = channel.getNextPublishSeqNo();
            channel.basicPublish("", queue, null, new byte[0]);
            System.out.println("sent as " + number + ", confirmed as " + confirmed.get(10, TimeUnit.SECONDS));
            try {
                System.out.println("waitForConfirms: " + channel.waitForConfirms(2_000));
            } catch (TimeoutException e) {
                System.out.println("waitForConfirms: TimeoutException");
            }
        }
    }
}
JAVA
for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Confirms.java "$port" 2>java.log | tee seen || { cat java.log >&2; exit 1; }

diff <(sed 1d seen) - <<'SEEN'
refused: BigDecimal too large to be encoded
channel open: true
sent as 2, confirmed as 1
waitForConfirms: TimeoutException
SEEN
echo "as described"
