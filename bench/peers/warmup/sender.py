"""The sender: two sources, a plan, one lane of connections, Postfix's retries."""

import itertools
import math
from collections import Counter, deque

import receiver as answers
from plan import Plan
from receiver import Receiver
from scenario import DAY, HOUR

# Sizes of mail: a lognormal body and, above TAIL_FROM, a Pareto tail cut off at LARGEST; in bytes.
MEDIAN, SIGMA = 4150, 0.98
TAIL_FROM, TAIL_INDEX, LARGEST = 5120, 0.56, 4_194_304
TAIL_SHARE = 1 - (TAIL_FROM / LARGEST) ** TAIL_INDEX


def draw_size(draw):
    body = draw.lognormvariate(math.log(MEDIAN), SIGMA)
    if body <= TAIL_FROM:
        return body
    return TAIL_FROM * (1 - draw.random() * TAIL_SHARE) ** (-1 / TAIL_INDEX)


class Message:
    __slots__ = ("source", "mail", "exists", "size", "released")

    def __init__(self, source, mail, now, draw):
        self.source = source
        self.mail = mail
        self.released = now
        self.exists = draw.random() >= mail.unknown
        self.size = draw_size(draw)


class Books:
    """What became of the mail."""

    def __init__(self):
        self.sent = Counter()
        self.delivered = Counter()
        self.junked = Counter()
        self.bounced = Counter()
        self.expired = Counter()
        self.attempts = Counter()  # by answer
        self.campaign_by_day = Counter()
        self.delay_sum = Counter()


class Sender:
    def __init__(self, env, scenario, draw):
        self.env = env
        self.scenario = scenario
        self.draw = draw
        self.params = scenario.sender
        self.receiver = Receiver(scenario.receiver)
        self.plan = Plan(**scenario.plan)
        self.books = Books()
        self.queue = deque()
        self.connections = 0
        self.paused_until = 0.0
        self.probing = False
        self.waking = False
        env.process(self.campaign())

    # Sources

    def campaign(self):
        for _ in range(self.scenario.messages):
            while (wait := self.plan.next_release(self.env.now) - self.env.now) > 0:
                yield self.env.timeout(wait)
            self.plan.released(self.env.now)
            self.send("campaign", self.scenario.campaign)
        self.env.process(self.regular())

    def regular(self):
        while True:
            yield self.env.timeout(self.draw.expovariate(self.scenario.regular_rate))
            self.send("regular", self.scenario.regular)

    def send(self, source, mail):
        self.books.sent[source] += 1
        self.enqueue(Message(source, mail, self.env.now, self.draw))

    # The lane

    def enqueue(self, message):
        self.queue.append(message)
        self.pump()

    def pump(self):
        while self.may_start() and self.connections < self.connection_limit():
            self.connections += 1
            self.env.process(self.connection(self.queue.popleft()))

    def connection_limit(self):
        return 1 if self.probing else self.params.connection_limit

    def may_start(self):
        if not self.queue:
            return False
        if self.env.now < self.paused_until:
            if not self.waking:
                self.waking = True
                self.env.process(self.wake())
            return False
        while self.queue and self.too_old(self.queue[0]):
            self.expire(self.queue.popleft())
        return bool(self.queue)

    def wake(self):
        while self.env.now < self.paused_until:
            yield self.env.timeout(self.paused_until - self.env.now)
        self.waking = False
        self.pump()

    def too_old(self, message):
        return self.env.now >= message.released + self.params.lifetime

    # One connection carries several messages

    def connection(self, message):
        yield self.env.timeout(self.params.connect_time)
        for carried in itertools.count(1):
            yield from self.transaction(message)
            if (carried == self.params.messages_per_connection or
                    self.connections > self.connection_limit() or not self.may_start()):
                break
            message = self.queue.popleft()
            self.pump()
        self.connections -= 1
        self.pump()

    def transaction(self, message):
        site = self.scenario.receiver
        answer = self.receiver.admit(self.env.now, message.exists)
        duration = self.params.transaction_time + site.envelope_time
        if answer == answers.ACCEPTED:
            duration += self.params.transfer_time * message.size / 1e6 + site.acceptance_time
        yield self.env.timeout(duration)
        self.books.attempts[answer] += 1
        if answer == answers.ACCEPTED:
            self.probing = False
            self.deliver(message)
        elif answer == answers.THROTTLED:
            self.paused_until = self.env.now + self.params.pause
            self.probing = True
            self.plan.throttled(self.env.now)
            self.defer(message)
        else:
            if answer == answers.BANNED:
                self.plan.throttled(self.env.now)
            else:
                self.receiver.evidence(self.env.now, recipients=1, unknown=1)
            self.books.bounced[message.source] += 1

    # What becomes of a message

    def deliver(self, message):
        books = self.books
        spam = self.draw.random() < message.mail.spam
        (books.junked if spam else books.delivered)[message.source] += 1
        books.delay_sum[message.source] += self.env.now - message.released
        if message.source == "campaign" and not spam:
            books.campaign_by_day[int(self.env.now // DAY)] += 1
        self.receiver.evidence(self.env.now, recipients=1, spam=int(spam))
        if not spam and self.draw.random() < message.mail.complaints:
            self.env.process(self.complain(message.mail))

    def complain(self, mail):
        yield self.env.timeout(self.draw.expovariate(1 / mail.complaint_delay))
        self.receiver.evidence(self.env.now, complaints=1)

    def expire(self, message):
        self.books.expired[message.source] += 1

    def defer(self, message):
        due = min(self.next_scan(message), message.released + self.params.lifetime)
        if due <= self.env.now:
            self.expire(message)
        else:
            self.env.process(self.retry(message, due))

    def next_scan(self, message):
        """Postfix: as long again as the message is old, then the next scan of the queue."""
        now = math.floor(self.env.now)
        age = now - math.floor(message.released)
        wait = min(max(age, self.params.minimal_backoff), self.params.maximal_backoff)
        due = max(now + wait - 1, self.env.now)
        return math.ceil(due / self.params.queue_run_delay) * self.params.queue_run_delay

    def retry(self, message, due):
        yield self.env.timeout(due - self.env.now)
        if self.too_old(message):
            self.expire(message)
        else:
            self.enqueue(message)
